// The theme buttons of the admin: the choice is the site's.

import { start } from "../theme.js";

start();
