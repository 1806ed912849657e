import { describe, expect, it } from "vitest";

import { day, has, size, t, time, tn } from ".";

describe("a sentence", () => {
  it("takes its values and leaves an unknown placeholder visible", () => {
    expect(t("unlock.version", { version: "1.2" })).toBe("Version 1.2");
    expect(t("unlock.version")).toBe("Version {version}");
  });

  it("that is missing shows its key", () => {
    expect(t("unlock.no-such-key")).toBe("unlock.no-such-key");
    expect(has("unlock.no-such-key")).toBe(false);
  });

  it("does not take a value's braces for placeholders", () => {
    expect(t("unlock.version", { version: "{least}" })).toBe("Version {least}");
  });

  it("knows one from several", () => {
    expect(tn("home.count", 1)).toBe("1 dossier in this vault");
    expect(tn("home.count", 1200)).toBe("1,200 dossiers in this vault");
  });
});

describe("days and sizes", () => {
  it("are written for people, and a day that is none is left as it is", () => {
    expect(day("2026-11-25")).toBe("25 Nov 2026");
    expect(day("2026-11-25T10:00:00Z")).toBe("25 Nov 2026");
    expect(day("soon")).toBe("soon");
  });

  it("have times of the day in twenty-four hours", () => {
    expect(time(new Date(2026, 10, 25, 14, 2))).toBe("14:02");
    expect(time(new Date(2026, 10, 25, 0, 5))).toBe("00:05");
  });

  it("change their unit at a thousand", () => {
    expect([999, 1000, 1_204_551, 188_212].map(size)).toEqual(["999 B", "1 kB", "1.2 MB", "188 kB"]);
  });
});
