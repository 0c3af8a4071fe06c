import { createRoot } from "react-dom/client";
import { App } from "./App";
import { queryClient } from "./api/queries";
import { whoAmI } from "./api/session";
import { startTexts } from "./i18n";
import "./styles/global.css";

// Asked for at once, beside the texts: nothing else can be shown before the answer.
void queryClient.prefetchQuery(whoAmI);

const root = document.getElementById("root");
if (root) {
  void startTexts().then(() => createRoot(root).render(<App />));
}
