// Starts the scripts of every page. Each works without the others, and the page without all of
// them.

import { start as bar } from "./bar.js";
import { start as copy } from "./copy.js";
import { start as keyboard } from "./keyboard.js";
import { start as marks } from "./marks.js";
import { start as place } from "./place.js";
import { start as settings } from "./settings.js";
import { start as theme } from "./theme.js";

[place, bar, theme, settings, marks, keyboard, copy].forEach((start) => start());
