// The few scripts of our own. Every page works without them.
import htmx from "htmx.org";

import { setUpAppearance } from "./appearance.js";
import { setUpConfirm } from "./confirm.js";
import { setUpCopy } from "./copy.js";
import { setUpDialogs } from "./dialog.js";
import { setUpDrops } from "./drop.js";
import { setUpHtmx } from "./requests.js";
import { setUpLanguages } from "./language.js";
import { setUpMaps } from "./maps.js";
import { setUpMentions } from "./mentions.js";
import { setUpMenus } from "./menu.js";
import { setUpSliders } from "./sliders.js";
import { setUpToasts } from "./toast.js";
import { setUpErrorSummary } from "./errors.js";

setUpHtmx(htmx);
setUpAppearance();
setUpConfirm();
setUpCopy();
setUpDialogs();
setUpLanguages();
setUpMentions();
setUpMenus();
setUpToasts();
htmx.onLoad((root) => {
  setUpDrops(root);
  setUpMaps(root);
  setUpErrorSummary(root);
  setUpSliders(root);
});
