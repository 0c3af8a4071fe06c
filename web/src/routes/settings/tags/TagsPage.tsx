import { TagsPanel } from "../../../components/Tags/TagsPanel";
import { Card, SectionPage } from "../SectionPage";

export function TagsPage() {
  return (
    <SectionPage of="tags">
      <Card><TagsPanel /></Card>
    </SectionPage>
  );
}
