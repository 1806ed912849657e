import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { type Answers, fakeIpc, refusal } from "../../testing/fakeIpc";
import { FINGERPRINT, KEY, offer } from "../../testing/sample/packs";
import PacksScreen from "./PacksScreen.svelte";
import RulesDialog from "./RulesDialog.svelte";

async function show(changed: Partial<Answers> = {}) {
  const fake = fakeIpc(changed);
  const vault = { name: "Evidence", folder: "/home/purchasing/Evidence.lanthan" } as never;
  render(PacksScreen, { props: { vault, onback: vi.fn(), onlock: vi.fn() } });
  await screen.findByRole("list", { name: "What dossiers can be judged by" });
  return fake;
}

describe("the rules of a vault", () => {
  it("are listed with version, day and who signed them", async () => {
    await show();
    const list = within(screen.getByRole("list", { name: "What dossiers can be judged by" }));
    expect(list.getByText("cn-dual-use-rare-earth")).toBeInTheDocument();
    expect(list.getByText("Destination India")).toBeInTheDocument();
    expect(list.getAllByText(/comes with this program/)).toHaveLength(2);
    expect(screen.getByText(/Until you trust a publisher/)).toBeInTheDocument();
  });

  it("from outside are looked at before they are taken", async () => {
    const fake = await show();
    await userEvent.click(screen.getByRole("button", { name: "Choose a rule file …" }));
    const seen = within(await screen.findByRole("article", { name: /2026\.12 instead of 2026\.11/ }));
    expect(seen.getByText("Origin of recycled material", { selector: "li" })).toBeInTheDocument();
    expect(seen.getByText("how strongly it is asked, who asks")).toBeInTheDocument();
    expect(seen.getByText("Ring magnets for woofers")).toBeInTheDocument();
    expect(seen.getByText("Something of it was released: it keeps its rules.")).toBeInTheDocument();
    expect(seen.queryByText("Example Aerospace 12")).not.toBeInTheDocument();
    await userEvent.click(seen.getByRole("button", { name: "… and 4 more" }));
    expect(seen.getByText("Example Aerospace 12")).toBeInTheDocument();
    expect(fake.given("take_pack")).toHaveLength(0);
    await userEvent.click(seen.getByRole("button", { name: "Take these rules" }));
    expect(fake.given("take_pack")).toEqual([{ path: offer.path, seen: offer.sha256 }]);
    expect(await screen.findByText(/signed by Sample Rules Office/)).toBeInTheDocument();
  });

  it("can be dropped together with their signature, or left", async () => {
    const fake = await show();
    await fake.tell("files-dropped", ["/tmp/a.lanthanpack.minisig", "/tmp/a.lanthanpack"]);
    await userEvent.click(await screen.findByRole("button", { name: "Leave it" }));
    expect(fake.given("look_at_pack")).toEqual([{ path: "/tmp/a.lanthanpack" }]);
    expect(screen.getByRole("button", { name: "Choose a rule file …" })).toBeInTheDocument();
    expect(fake.given("take_pack")).toHaveLength(0);
  });

  it.each([
    ["pack-unsigned", /nobody vouches/i],
    ["pack-altered", /altered|not what/i],
    ["pack-older", /version/i],
    ["pack-by-stranger", /trust/i],
  ])("are refused with the plain reason: %s", async (code, words) => {
    await show({
      look_at_pack: () => {
        throw refusal(code, { message: "" });
      },
    });
    await userEvent.click(screen.getByRole("button", { name: "Choose a rule file …" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(words);
    expect(screen.queryByRole("button", { name: "Take these rules" })).not.toBeInTheDocument();
  });

  it("can be rolled back", async () => {
    const fake = await show();
    await userEvent.click(screen.getByRole("button", { name: "Choose a rule file …" }));
    await userEvent.click(await screen.findByRole("button", { name: "Take these rules" }));
    await userEvent.click(await screen.findByRole("button", { name: "Begin new dossiers under it" }));
    expect(fake.given("choose_pack")).toEqual([{ id: "cn-dual-use-rare-earth", version: "2026.11" }]);
  });
});

describe("a publisher", () => {
  it("is trusted only after the fingerprint was shown, and is no more when taken out", async () => {
    const fake = await show();
    await userEvent.click(screen.getByRole("button", { name: "Trust a publisher …" }));
    await userEvent.type(screen.getByRole("textbox", { name: "What you call them" }), "Sample Rules Office");
    const act = screen.getByRole("button", { name: "Trust this key" });
    expect(act).toBeDisabled();
    await userEvent.click(screen.getByRole("textbox", { name: "Public key" }));
    await userEvent.paste(KEY);
    expect(await screen.findByText(FINGERPRINT)).toBeInTheDocument();
    await userEvent.click(act);
    expect(fake.given("trust_publisher")).toEqual([{ name: "Sample Rules Office", key: KEY }]);
    await userEvent.click(await screen.findByRole("button", { name: "Trust no more" }));
    await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Trust no more" }));
    expect(fake.given("distrust_publisher")).toEqual([{ key: KEY }]);
  });
});

describe("the rules of a dossier", () => {
  it("are compared with another version, only by what differs, before it is moved there", async () => {
    const fake = fakeIpc();
    const onchanged = vi.fn();
    render(RulesDialog, { props: { dossier: "ring-magnets", onchanged, onclose: vi.fn() } });
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Re-check under" }), "2026.12");
    const found = within(await screen.findByRole("region", { name: "2026.11 against 2026.12" }));
    expect(found.getByText("Ready")).toBeInTheDocument();
    expect(found.getByText("Missing")).toBeInTheDocument();
    await userEvent.click(found.getByRole("button", { name: "Move this dossier to 2026.12" }));
    expect(fake.given("adopt_pack")).toEqual([{ dossier: "ring-magnets", version: "2026.12" }]);
    expect(onchanged).toHaveBeenCalled();
  });

  it("take an overlay and give it back", async () => {
    const fake = fakeIpc();
    render(RulesDialog, { props: { dossier: "ring-magnets", onchanged: vi.fn(), onclose: vi.fn() } });
    await userEvent.click(await screen.findByRole("checkbox", { name: "Destination India" }));
    expect(await screen.findByRole("checkbox", { name: "Destination India", checked: true })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("checkbox", { name: "Destination India" }));
    expect(fake.given("choose_overlays").map(({ overlays }) => overlays)).toEqual([["cn-destination-india"], []]);
  });
});
