/** The built-in classes, gathered. */
export * from './classes-numbers';
export * from './classes-text';
export * from './classes-mappings';
export * from './classes-ranges';
export * from './classes-sequences';
export * from './classes-sets';
export * from './extreme';
export * from './iterators';
export * from './classes-callable';
