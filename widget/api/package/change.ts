/** The body of a change (RFC 7396): every field may be absent, `null` takes it back to its default, objects merge, lists replace. */
export type Change<T> = { [Field in keyof T]?: Field extends 'type' ? T[Field] : Merged<T[Field]> | null };

type Merged<T> = T extends readonly unknown[] ? T : T extends object ? (string extends keyof T ? T : Change<T>) : T;
