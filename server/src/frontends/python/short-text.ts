/** Keys of bounded length. */
import { readText } from '../../base/budget';

/** What is longer is known by a digest. */
export const longestKey = 512;

export function shortened(text: string): string {
  return text.length > longestKey ? `#${digest(text)}` : text;
}

/** 128 bits of a text, each part of the state mixed with every character. Two texts of one program share it as likely as a disk fails. */
function digest(text: string): string {
  readText(text.length * 4);
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let d = 0x6a09e667 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x85ebca6b) + (d >>> 13);
    b = Math.imul(b ^ code, 0xc2b2ae35) + (a >>> 15);
    c = Math.imul(c ^ code, 0x27d4eb2f) + (b >>> 11);
    d = Math.imul(d ^ code, 0x165667b1) + (c >>> 16);
  }
  for (let round = 0; round < 4; round++) {
    a = Math.imul(a ^ (b >>> 16), 0x85ebca6b);
    b = Math.imul(b ^ (c >>> 13), 0xc2b2ae35);
    c = Math.imul(c ^ (d >>> 15), 0x27d4eb2f);
    d = Math.imul(d ^ (a >>> 14), 0x165667b1);
  }
  return [a, b, c, d].map(part => (part >>> 0).toString(36)).join('.');
}
