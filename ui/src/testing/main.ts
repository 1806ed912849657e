// How are the pages seen in a browser? As in the window, with the fake behind them.
import "../tokens.css";
import "../base.css";

import { mount } from "svelte";

import App from "../App.svelte";
import { demo } from "./demo";
import { fakeIpc, refusal } from "./fakeIpc";
import { fakePictures } from "./pictures";

const wish = new URLSearchParams(location.search);
const empty = wish.has("empty");
fakePictures();
fakeIpc({
  ...demo(wish),
  ...(empty ? { list_dossiers: () => [] } : {}),
  ...(wish.has("broken")
    ? {
        checklist: () => {
          throw refusal("database-damaged");
        },
      }
    : {}),
});
// As in the window: `freezePrototype` is set in tauri.conf.json.
Object.freeze(Object.prototype);

const place = document.getElementById("app");
if (place) mount(App, { target: place });
