import { Navigate } from "react-router";

/** The settings without a part: one's own, which everybody has. */
export function ToOwn() {
  return <Navigate to="/settings/me" replace />;
}
