import { theme as antd, type ThemeConfig } from "antd";

const fonts = '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** One accent; red, orange, green and grey only where they mean something. */
export function themeFor(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    cssVar: { key: "pingxin" },
    hashed: false,
    token: {
      colorPrimary: dark ? "#6272e6" : "#4355c9",
      colorInfo: dark ? "#8491f2" : "#4355c9",
      colorLink: dark ? "#9aa5f5" : "#3b4cb8",
      colorError: dark ? "#ef6a63" : "#c9302c",
      colorWarning: dark ? "#e0903c" : "#b25b00",
      colorSuccess: dark ? "#5bbd76" : "#2b7a43",
      colorBgLayout: dark ? "#121317" : "#f4f5f8",
      colorBgContainer: dark ? "#1a1c21" : "#ffffff",
      colorBgElevated: dark ? "#23252b" : "#ffffff",
      colorTextSecondary: dark ? "rgba(255,255,255,0.68)" : "rgba(18,22,38,0.66)",
      colorTextTertiary: dark ? "rgba(255,255,255,0.56)" : "rgba(18,22,38,0.58)",
      colorTextDescription: dark ? "rgba(255,255,255,0.62)" : "rgba(18,22,38,0.62)",
      colorTextPlaceholder: dark ? "rgba(255,255,255,0.48)" : "rgba(18,22,38,0.52)",
      fontFamily: fonts,
      fontSize: 14,
      lineHeight: 1.5,
      borderRadius: 6,
      controlHeight: 32,
      motionDurationSlow: "0.18s",
      motionDurationMid: "0.12s",
    },
    components: {
      Layout: { headerHeight: 48, headerPadding: "0 16px", siderBg: dark ? "#16181c" : "#ffffff", headerBg: dark ? "#16181c" : "#ffffff" },
      Menu: { itemHeight: 32, itemMarginBlock: 2, itemBorderRadius: 6, activeBarBorderWidth: 0, itemBg: "transparent", itemSelectedColor: dark ? "#c6ccff" : "#3b4cb8", iconSize: 16, collapsedIconSize: 17 },
      Table: { cellPaddingBlockSM: 7, cellPaddingInlineSM: 10, cellFontSizeSM: 13, headerBorderRadius: 0 },
      Card: { bodyPaddingSM: 14, headerHeightSM: 40 },
      Tabs: { itemSelectedColor: dark ? "#b4bcff" : "#3b4cb8", inkBarColor: dark ? "#8d99f7" : "#4355c9", horizontalMargin: "0 0 12px 0", cardHeightSM: 32 },
      Form: { itemMarginBottom: 16 },
    },
  };
}
