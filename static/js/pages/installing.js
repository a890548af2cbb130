// M7b is for the browser; the installed app asks for notifications at once.
import { is_installed } from "../worker/device.js"

if (is_installed()) location.replace("/notifications?app")
