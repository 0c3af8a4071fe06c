/** What a program is never let do, whoever its person is. */
const never = ["person.manage", "token.use", "demo.wipe", "channel.manage"];

/** The rights a token can be given: those of its person, without the ones for managing people and tokens. */
export function grantable(permissions: readonly string[]): string[] {
  return permissions.filter((code) => !never.includes(code));
}

/** Which of them only look and change nothing, for the usual wish of a report. */
export function readOnly(permissions: readonly string[]): string[] {
  return permissions.filter((code) => code.endsWith(".read") || code === "list.export");
}
