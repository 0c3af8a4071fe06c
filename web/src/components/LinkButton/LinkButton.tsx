import { Button, type ButtonProps } from "antd";
import { type To, useHref, useLinkClickHandler } from "react-router";

interface Props extends Omit<ButtonProps, "href" | "onClick"> {
  to: To;
  /** Goes along to the page, as with any link of the router. */
  state?: unknown;
}

/** A link that looks like a button: one element, opened in a new tab like any link. */
export function LinkButton({ to, state, ...rest }: Props) {
  const address = useHref(to);
  const follow = useLinkClickHandler<HTMLElement>(to, { state }) as unknown as (event: React.MouseEvent<HTMLElement>) => void;
  return <Button {...rest} href={address} onClick={follow} />;
}
