// Starts the scripts of every page. Each works without the others, and the page without all of
// them; those of one kind of page do nothing on others. The desk has more: saved.js.

import { start as bar } from "./bar.js";
import { start as browserTranslation } from "./browser-translation.js";
import { start as copy } from "./copy.js";
import { start as follow } from "./follow.js";
import { start as followStrip } from "./follow-strip.js";
import { start as keyboard } from "./keyboard.js";
import { start as lastVisit } from "./last-visit.js";
import { start as laterTopics } from "./later-topics.js";
import { start as marks } from "./marks.js";
import { start as place } from "./place.js";
import { start as rememberList } from "./remember-list.js";
import { start as rows } from "./rows.js";
import { start as settings } from "./settings.js";
import { start as share } from "./share.js";
import { start as suggest } from "./suggest.js";
import { start as theme } from "./theme.js";

[place, bar, theme, settings, marks, rows, keyboard, copy, share].forEach((start) => start());
[rememberList, suggest, follow, followStrip, lastVisit, laterTopics, browserTranslation].forEach((start) => start());
