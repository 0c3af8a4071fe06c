import { Card, SectionPage } from "../SectionPage";
import { ProfilesPanel } from "./ProfilesPanel";

export function ProfilesPage() {
  return (
    <SectionPage of="profiles">
      <Card><ProfilesPanel /></Card>
    </SectionPage>
  );
}
