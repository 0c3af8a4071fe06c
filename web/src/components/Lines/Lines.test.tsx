// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import "../../i18n";
import { heightOf, Lines } from "./Lines";

describe("a line", () => {
  it("stands between its lowest and its highest value, and a flat one in the middle", () => {
    expect([heightOf(1, 1, 3), heightOf(3, 1, 3), heightOf(2, 1, 3)]).toEqual([90, 6, 48]);
    expect(heightOf(5, 5, 5)).toBe(48);
  });

  it("has its table behind it, without days of which nothing is known", () => {
    const points = [
      { at: "2026-09-01T00:00:00Z", value: 90 },
      { at: "2026-10-01T00:00:00Z", value: null },
      { at: "2026-11-01T00:00:00Z", value: 95 },
    ];
    render(<Lines title="From 90% to 95%" points={points} format={(value) => `${value}%`} zone="UTC" />);
    expect(screen.getByRole("img", { name: "From 90% to 95%" })).toBeTruthy();
    expect(screen.getAllByRole("row", { hidden: true }).map((row) => row.textContent)).toEqual([expect.anything(), "2026-09-0190%", "2026-11-0195%"]);
  });

  it("is no line with one point", () => {
    const { container } = render(<Lines title="x" points={[{ at: "2026-09-01T00:00:00Z", value: 1 }]} format={String} />);
    expect(container.textContent).toBe("");
  });
});
