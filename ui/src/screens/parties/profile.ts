// Which parties have a profile that can be filled in by key, and under which keys?
import type { PartyDto } from "../../ipc/generated/PartyDto";

/** The roles by which Rust reaches a profile; the order is that of the roles in a form. */
export const keyedRoles = ["end-user", "importer", "supplier", "trader"] as const;

/** Every role a party can have, in the order in which the window offers them. */
export const roles = [...keyedRoles, "downstream-customer", "recipient"] as const;

/** The parts of a profile, without the name, which stands beside the roles. */
const parts = [
  "name-local",
  "name-zh",
  "registration-number",
  "address",
  "use-site",
  "country",
  "contact",
  "phone",
  "email",
  "website",
  "founded",
  "business-scope",
  "main-products",
  "operating-status",
  "position",
  "signatory",
  "signatory-title",
  "screened",
  "listed-owner",
  "owners",
] as const;

/**
 * The keys of a party's profile. A key names a role, and reaches the first party with it; a party that is first
 * with none of its roles has no keys.
 */
export function profileKeys(party: PartyDto, all: PartyDto[]): string[] {
  const role = keyedRoles.find((role) => all.find((one) => one.roles.includes(role))?.id === party.id);
  return role === undefined ? [] : parts.map((part) => `${role}.${part}`);
}

/** True when a party's name must not leave. */
export function isProtected(party: { roles: string[] }): boolean {
  return party.roles.includes("downstream-customer");
}
