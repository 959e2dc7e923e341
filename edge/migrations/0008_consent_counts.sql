-- How many chose what, a day: one row for all choices of a day that are alike, so that a choice costs one row here. What is
-- counted says nothing of anybody, so it stays when a visitor's records are erased.
CREATE TABLE consent_counts (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  day INTEGER NOT NULL,           -- when it begins, UTC
  region TEXT NOT NULL,           -- ISO 3166, as precise as the law needs; empty where it is not known
  locale TEXT NOT NULL,           -- one of the notice's languages
  outcome TEXT NOT NULL,          -- granted, refused, partial: of what is not essential
  purposes TEXT NOT NULL,         -- JSON: every purpose of the notice, granted (true) or refused (false)
  choices INTEGER NOT NULL,
  PRIMARY KEY (controller, site, day, region, locale, outcome, purposes)
) STRICT, WITHOUT ROWID;

-- A site's records in order of time.
CREATE INDEX consent_records_by_time ON consent_records (controller, site, recorded_at, id);

-- A site's notices in order of time.
CREATE INDEX notices_by_time ON notices (controller, site, published_at, fingerprint);

-- What was chosen before there were counts.
INSERT INTO consent_counts (controller, site, day, region, locale, outcome, purposes, choices)
WITH essential AS MATERIALIZED (
  SELECT notices.controller, notices.site, notices.fingerprint, purpose.value ->> 'id' AS id
  FROM notices, json_each(notices.document, '$.purposes') AS purpose
  WHERE purpose.value ->> 'essential'
), alike AS MATERIALIZED (
  SELECT controller, site, recorded_at - recorded_at % 86400000 AS day, COALESCE(region, '') AS region, locale, notice,
         action IN ('reject-all', 'withdraw') AS is_refusal, purposes, COUNT(*) AS choices
  FROM consent_records
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
), judged AS (
  SELECT alike.*,
         (SELECT MIN(optional.value) FROM json_each(alike.purposes) AS optional
          WHERE optional.key NOT IN (SELECT id FROM essential WHERE essential.controller = alike.controller
            AND essential.site = alike.site AND essential.fingerprint = alike.notice)) AS least,
         (SELECT MAX(optional.value) FROM json_each(alike.purposes) AS optional
          WHERE optional.key NOT IN (SELECT id FROM essential WHERE essential.controller = alike.controller
            AND essential.site = alike.site AND essential.fingerprint = alike.notice)) AS most
  FROM alike
)
SELECT controller, site, day, region, locale,
       iif(is_refusal, 'refused', iif(COALESCE(least, 1), 'granted', iif(most, 'partial', 'refused'))), purposes, SUM(choices)
FROM judged
WHERE TRUE
GROUP BY 1, 2, 3, 4, 5, 6, 7
ON CONFLICT DO UPDATE SET choices = excluded.choices;
