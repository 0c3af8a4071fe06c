import { Navigate } from "react-router";
import { useHome } from "./home";

/** The address without a page: the first page of this person's work. */
export function Home() {
  return <Navigate to={useHome()} replace />;
}
