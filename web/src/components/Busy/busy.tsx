import { LoadingOutlined } from "@ant-design/icons";
import type { ButtonProps } from "antd";

/**
 * What a button's `loading` takes while its work is under way. The icon is our own: the one of the
 * button is animated in and out, and stays behind unseen when an answer is quicker than that.
 */
export function busy(now: boolean): ButtonProps["loading"] {
  return now ? { icon: <LoadingOutlined spin aria-hidden="true" /> } : false;
}
