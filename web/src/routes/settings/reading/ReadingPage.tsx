import { SectionPage } from "../SectionPage";
import { ModelsPanel } from "./ModelsPanel";
import { TrainingPanel } from "./TrainingPanel";
import { WordsPanel } from "./WordsPanel";

/** What reviews are read with: learning from corrections, versions of the models, the shops' own words. */
export function ReadingPage() {
  return (
    <SectionPage of="reading">
      <TrainingPanel />
      <ModelsPanel />
      <WordsPanel />
    </SectionPage>
  );
}
