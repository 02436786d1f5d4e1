/** A type whose properties may still be set: a decoder fills in what is optional. */
export type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
