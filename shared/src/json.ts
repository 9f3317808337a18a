/** JSON as the bytes that are sent: whoever only passes it on never looks inside, however large it is. */
export type Json = Uint8Array;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function toJson(value: unknown): Json {
  return encoder.encode(JSON.stringify(value ?? null));
}

export function fromJson(json: Json): unknown {
  return JSON.parse(decoder.decode(json));
}
