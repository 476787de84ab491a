-- ACLED: one row of the file becomes one incident. Columns that this file lacks are NULL.
-- The date stays the representative day that the file has; date_precision says how much it means.
SELECT
    file_row_number                                     AS record,
    key(event_id_cnty)                                  AS incident_id,
    acled_day(event_date)                               AS date_start,
    acled_day(event_date)                               AS date_end,
    -- No date at all is no date of unknown precision.
    CASE WHEN clean(event_date) IS NULL THEN NULL
         ELSE CASE whole(time_precision) WHEN 1 THEN 'day' WHEN 2 THEN 'week' WHEN 3 THEN 'month' ELSE 'unknown' END END AS date_precision,
    coalesce(by_number.iso3, by_code.iso3, by_name.iso3, by_gw.iso3) AS country,
    clean(country)                                      AS country_name,
    coalesce(key(iso), clean(source.iso3), key(gwno))   AS country_source_code,
    clean(admin1)                                       AS admin1,
    clean(admin2)                                       AS admin2,
    clean(location)                                     AS place,
    num(latitude)                                       AS latitude,
    num(longitude)                                      AS longitude,
    CASE whole(geo_precision) WHEN 1 THEN 'exact' WHEN 2 THEN 'near' WHEN 3 THEN 'adm1' ELSE 'unknown' END AS geo_precision,
    -- Releases before 2019 wrote "Strategic development"; a reduced set of columns may have the disorder type only.
    CASE WHEN lower(clean(event_type)) IN ('strategic development', 'strategic developments')
           OR (clean(event_type) IS NULL AND lower(clean(disorder_type)) = 'strategic developments')
         THEN 'Strategic developments' ELSE clean(event_type) END AS event_type,
    clean(sub_event_type)                               AS sub_event_type,
    clean(actor1)                                       AS actor1,
    clean(actor2)                                       AS actor2,
    acled_side(inter1)                                  AS inter1,
    acled_side(inter2)                                  AS inter2,
    -- An empty cell says no; where the column is missing, only the event type can say yes.
    CASE WHEN in_file('civilian_targeting') THEN clean(civilian_targeting) IS NOT NULL
         WHEN lower(clean(event_type)) = 'violence against civilians' THEN true END AS civilians_targeted,
    whole(fatalities)                                   AS fatalities_best,
    list_filter(list_transform(string_split(clean(source."source"), ';'), lambda x: trim(x)), lambda x: x <> '') AS sources,
    clean(notes)                                        AS notes,
    whole("timestamp")                                  AS "timestamp"
FROM source
LEFT JOIN country_codes AS by_number ON by_number.system = 'iso_n' AND by_number.code = whole(source.iso)::VARCHAR
LEFT JOIN country_codes AS by_code ON by_code.system = 'iso3' AND by_code.code = upper(clean(source.iso3))
LEFT JOIN country_codes AS by_name ON by_name.system = 'name' AND by_name.code = lower(clean(source.country))
LEFT JOIN country_codes AS by_gw ON by_gw.system = 'gw' AND by_gw.code = key(source.gwno)
