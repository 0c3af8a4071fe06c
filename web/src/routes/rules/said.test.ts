import { createInstance } from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import english from "../../i18n/en-US";
import chinese from "../../i18n/zh-CN";
import { keySaid, valueSaid } from "./said";

const speaker = createInstance();

beforeAll(async () => {
  await speaker.init({ lng: "zh-CN", resources: { "zh-CN": { translation: chinese }, "en-US": { translation: english } } });
});

describe("a rule in words", () => {
  it("calls keys and values by their names", () => {
    expect(keySaid(speaker.t, "only_from")).toBe("只能从");
    expect(valueSaid(speaker.t, "neutral, bad")).toBe("中评, 差评");
    expect(valueSaid(speaker.t, "negative = bad; neutral = neutral")).toBe("差 = 差评; 中评 = 中评");
    expect(keySaid(speaker.getFixedT("en-US"), "on_expiry")).toBe("when it runs out");
  });

  it("leaves what has no name as it stands", () => {
    expect(keySaid(speaker.t, "new_key")).toBe("new key");
    expect(valueSaid(speaker.t, "180")).toBe("180");
    expect(valueSaid(speaker.t, "one page says 15 days after the trade")).toBe("one page says 15 days after the trade");
    expect(valueSaid(speaker.t, "taobao.traderate.explain.add")).toBe("taobao.traderate.explain.add");
  });
});
