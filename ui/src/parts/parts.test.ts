import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";

import { Failure } from "../ipc";
import BilingualField from "./BilingualField.svelte";
import Button from "./Button.svelte";
import Checkbox from "./Checkbox.svelte";
import Dialog from "./Dialog.svelte";
import ErrorNotice from "./ErrorNotice.svelte";
import Progress from "./Progress.svelte";
import Radios from "./Radios.svelte";
import Select from "./Select.svelte";
import Tabs from "./Tabs.svelte";
import TextField from "./TextField.svelte";

const words = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));

describe("a button", () => {
  it("does nothing a second time while it is busy, and keeps the focus", async () => {
    const onclick = vi.fn();
    render(Button, { children: words("Open"), busy: true, onclick });
    const button = screen.getByRole("button", { name: "Open" });
    await userEvent.click(button);
    expect(onclick).not.toHaveBeenCalled();
    expect(button).toHaveAttribute("aria-busy", "true");
    expect(button).toHaveFocus();
  });

  it("without words has a name", () => {
    render(Button, { icon: "close", label: "Close" });
    expect(screen.getByRole("button", { name: "Close" })).toBeInTheDocument();
  });
});

describe("a field", () => {
  it("names its problem to the ear", () => {
    render(TextField, { label: "Day", value: "soon", hint: "Year first.", problem: "Not a day.", onchange: vi.fn() });
    const field = screen.getByRole("textbox", { name: "Day" });
    expect(field).toHaveAccessibleDescription("Year first. Not a day.");
    expect(field).toBeInvalid();
    expect(screen.getByRole("alert")).toHaveTextContent("Not a day.");
  });

  it("in two languages marks the one that is missing, and nothing when both are", async () => {
    const onchange = vi.fn();
    const { rerender } = render(BilingualField, { label: "Caption", value: { en: "Ring", zh: "" }, onchange });
    expect(screen.getByRole("group", { name: "Caption" })).toHaveTextContent("One of the two languages is missing.");
    await userEvent.type(screen.getByRole("textbox", { name: "Chinese" }), "环");
    expect(onchange).toHaveBeenLastCalledWith({ en: "Ring", zh: "环" });
    await rerender({ value: { en: "", zh: "" } });
    expect(screen.queryByText(/languages is missing/)).not.toBeInTheDocument();
  });

  it("with a choice tells the word, not the label", async () => {
    const onchange = vi.fn();
    const options = [{ word: "air", label: "By air" }];
    render(Select, { label: "Transport", value: "", options, blank: "Choose …", onchange });
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Transport" }), "By air");
    expect(onchange).toHaveBeenCalledWith("air");
  });

  it("with all words in view tells the word", async () => {
    const onchange = vi.fn();
    const options = [
      { word: "yes", label: "Yes" },
      { word: "", label: "Not known yet" },
    ];
    render(Radios, { label: "First order?", value: "", options, onchange });
    expect(screen.getByRole("radio", { name: "Not known yet" })).toBeChecked();
    await userEvent.click(screen.getByRole("radio", { name: "Yes" }));
    expect(onchange).toHaveBeenCalledWith("yes");
  });

  it("with a tick is reached by its words", async () => {
    const onchange = vi.fn();
    render(Checkbox, { label: "Open only", checked: false, onchange });
    await userEvent.click(screen.getByText("Open only"));
    expect(onchange).toHaveBeenCalledWith(true);
  });
});

describe("a dialog", () => {
  it("has its title as its name, and closes by its cross", async () => {
    const onclose = vi.fn();
    render(Dialog, { title: "Delete?", children: words("Really."), onclose });
    expect(screen.getByRole("dialog", { name: "Delete?" })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(onclose).toHaveBeenCalledOnce();
  });

  it("gives the focus back to where it was", () => {
    const before = document.body.appendChild(document.createElement("button"));
    before.focus();
    const { unmount } = render(Dialog, { title: "Delete?", children: words("Really."), onclose: vi.fn() });
    unmount();
    expect(before).toHaveFocus();
    before.remove();
  });
});

describe("progress", () => {
  it("says how far it is and can be stopped once", async () => {
    const onstop = vi.fn();
    const { rerender } = render(Progress, { label: "Taking files in", done: 2, total: 5, onstop });
    expect(screen.getByRole("progressbar", { name: /Taking files in/ })).toHaveValue(2);
    expect(screen.getByRole("status")).toHaveTextContent("2 of 5");
    await userEvent.click(screen.getByRole("button", { name: "Stop" }));
    expect(onstop).toHaveBeenCalledOnce();
    await rerender({ stopping: true });
    expect(screen.getByRole("button", { name: "Stop" })).toBeDisabled();
  });
});

describe("a failure", () => {
  it("says what happened, what to do, and its code, which can be copied", async () => {
    const user = userEvent.setup();
    render(ErrorNotice, { failure: new Failure("disk-full", { message: "0 bytes are left." }) });
    expect(screen.getByRole("alert")).toHaveTextContent("The disk is full. 0 bytes are left.");
    expect(screen.getByRole("alert")).toHaveTextContent("Free some space");
    await user.click(screen.getByRole("button", { name: "Copy the code" }));
    expect(await navigator.clipboard.readText()).toBe("disk-full");
    expect(await screen.findByText("Copied")).toBeInTheDocument();
  });
});

describe("tabs", () => {
  it("are walked with the arrows, round the end", async () => {
    const onchoose = vi.fn();
    const tabs = [
      { id: "a", label: "First" },
      { id: "b", label: "Second", count: 3 },
    ];
    render(Tabs, { label: "Places", tabs, chosen: "b", panel: "panel", onchoose });
    screen.getByRole("tab", { name: /Second/ }).focus();
    await userEvent.keyboard("{ArrowRight}");
    expect(onchoose).toHaveBeenLastCalledWith("a");
    expect(screen.getByRole("tab", { name: "First" })).toHaveFocus();
    await userEvent.keyboard("{Home}");
    expect(onchoose).toHaveBeenLastCalledWith("a");
  });
});
