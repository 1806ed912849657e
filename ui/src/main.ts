// How do the pages begin?
import "./tokens.css";
import "./base.css";

import { mount } from "svelte";

import App from "./App.svelte";
import { language } from "./text";

document.documentElement.lang = language;
const place = document.getElementById("app");
if (place) mount(App, { target: place });
