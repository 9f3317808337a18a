/** What all built-in containers have in common. */
import { int, none, type Value } from '../values';
import { commonRows } from './classes-numbers';
import { truth } from './classes-text';
import { deleteSequenceIndex, sequenceIndex, setSequenceIndex } from './indexing';
import { iteratorOver, lengthOf } from './iterators';
import { payloadOf, raw } from './native';
import { containsValue } from './operators';
import { aliasOf } from './typing-alias';

export type Row = readonly [string, Value];

/** `list[int]`: a subscripted class, which calls and subclasses as the class itself. */
export const subscriptable: Row = ['__class_getitem__', { kind: 'classmethod', callee: raw('__class_getitem__', ({ positional: [cls = none, key = none] }) => aliasOf(cls, key)) }];

export const containerRows = (name: string): Row[] => [
  ...commonRows(name),
  subscriptable,
  ['__len__', raw(`${name}.__len__`, ({ positional: [a = none] }) => int(lengthOf(payloadOf(a)) ?? 0), true)],
  ['__contains__', raw(`${name}.__contains__`, ({ positional: [a = none, b = none], at }, i) => truth(containsValue(payloadOf(a), b, i, at)), true)],
  ['__iter__', raw(`${name}.__iter__`, ({ positional: [a = none], at }, i) => iteratorOver(payloadOf(a), i, at), true)],
];

export const indexRows = (name: string): Row[] => [
  ['__getitem__', raw(`${name}.__getitem__`, ({ positional: [a = none, b = none], at }, i) => sequenceIndex(payloadOf(a), b, i, at) ?? none, true)],
];

export const writeRows = (name: string): Row[] => [
  ['__setitem__', raw(`${name}.__setitem__`, ({ positional: [a = none, b = none, value = none], at }, i) => {
    setSequenceIndex(payloadOf(a), b, value, i, at);
    return none;
  }, true)],
  ['__delitem__', raw(`${name}.__delitem__`, ({ positional: [a = none, b = none], at }, i) => {
    deleteSequenceIndex(payloadOf(a), b, i, at);
    return none;
  }, true)],
];
