import { useEffect } from "react";
import { useMe } from "../../api/session";
import { speak } from "../../i18n";
import { asLanguage, currentLanguage } from "../../i18n/language";

/** Speaks the language the signed-in person chose, on whichever machine that was. */
export function useOwnLanguage(): void {
  const { data: me } = useMe();
  const own = asLanguage(me?.user.locale);
  useEffect(() => {
    if (own && own !== currentLanguage()) void speak(own);
  }, [own]);
}
