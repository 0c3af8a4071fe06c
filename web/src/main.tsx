import { createRoot } from "react-dom/client";
import { App } from "./App";
import { startTexts } from "./i18n";
import "./styles/global.css";

const root = document.getElementById("root");
if (root) {
  void startTexts().then(() => createRoot(root).render(<App />));
}
