-- GDELT events 1.0 and 2.0: a row counts a report. Columns that this version lacks are NULL.
-- Codes of events are text ("010"); a centroid of a city or landmark is no site of an event: at best near.
SELECT
    file_row_number                                     AS record,
    key(GLOBALEVENTID)                                  AS incident_id,
    gdelt_day(SQLDATE)                                  AS date_start,
    gdelt_day(SQLDATE)                                  AS date_end,
    'day'                                               AS date_precision,
    code.iso3                                           AS country,
    clean(string_split(ActionGeo_FullName, ',')[-1])    AS country_name,
    clean(ActionGeo_CountryCode)                        AS country_source_code,
    -- The bare country code stands where no region is known.
    CASE WHEN clean(ActionGeo_ADM1Code) <> clean(ActionGeo_CountryCode) THEN clean(ActionGeo_ADM1Code) END AS admin1,
    clean(ActionGeo_ADM2Code)                           AS admin2,
    CASE WHEN whole(ActionGeo_Type) IN (3, 4) THEN clean(ActionGeo_FullName) END AS place,
    num(ActionGeo_Lat)                                  AS latitude,
    num(ActionGeo_Long)                                 AS longitude,
    CASE whole(ActionGeo_Type) WHEN 1 THEN 'country' WHEN 2 THEN 'adm1' WHEN 5 THEN 'adm1' WHEN 3 THEN 'near' WHEN 4 THEN 'near' ELSE 'unknown' END AS geo_precision,
    clean(EventRootCode)                                AS event_type,
    clean(EventCode)                                    AS sub_event_type,
    clean(Actor1Name)                                   AS actor1,
    clean(Actor2Name)                                   AS actor2,
    clean(Actor1Code)                                   AS actor1_source_id,
    clean(Actor2Code)                                   AS actor2_source_id,
    whole(NumMentions)                                  AS mentions,
    whole(NumSources)                                   AS reporting_sources,
    whole(NumArticles)                                  AS articles,
    gdelt_day(left(trim(DATEADDED), 8))                 AS date_added,
    clean(SOURCEURL)                                    AS url
FROM source LEFT JOIN country_codes AS code ON code.system = 'fips' AND code.code = clean(ActionGeo_CountryCode)
