{{/* Name of a component's Application: <cluster>-<component> */}}
{{- define "apps.name" -}}
{{- printf "%s-%s" .root.Values.cluster.name .component -}}
{{- end }}

{{/* Labels of every Application */}}
{{- define "apps.labels" -}}
fleet/service: {{ .component }}
environment: {{ .root.Values.cluster.environment }}
region: {{ .root.Values.cluster.region }}
{{- end }}

{{/* Sync policy of every Application */}}
{{- define "apps.syncPolicy" -}}
automated:
  prune: true
  selfHeal: true
syncOptions:
  - CreateNamespace=true
  - ServerSideApply=true
{{- end }}
