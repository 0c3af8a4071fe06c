import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";

export function useEvidence(review: string, ground: string | null) {
  return useQuery({
    queryKey: ["evidence", review, ground],
    queryFn: () => body(http.GET("/api/v1/reviews/{id}/evidence", { params: { path: { id: review }, query: ground ? { ground } : {} } })),
  });
}

/** Where the zip is fetched from. */
export function packAddress(review: string, ground: string | null): string {
  return `/api/v1/reviews/${encodeURIComponent(review)}/evidence/pack${ground ? `?ground=${encodeURIComponent(ground)}` : ""}`;
}

export function useAddEvidenceFile(review: string) {
  return useChange((file: File) => {
    const form = new FormData();
    form.append("file", file);
    return body(
      http.POST("/api/v1/reviews/{id}/evidence/files", {
        params: { path: { id: review } },
        body: form as unknown as { file: string },
        bodySerializer: (form) => form as unknown as FormData,
      }),
    );
  }, "evidence");
}

export function useDeleteEvidenceFile() {
  return useChange((id: string) => http.DELETE("/api/v1/evidence-files/{id}", { params: { path: { id } } }), "evidence");
}
