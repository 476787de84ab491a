-- GTD: one row of the file becomes one incident. Month or day 0 (or empty) is unknown: then the whole month or year is the date.
SELECT
    file_row_number                                     AS record,
    key(eventid)                                        AS incident_id,
    gtd_first(whole(iyear), gtd_part(imonth), gtd_part(iday)) AS date_start,
    coalesce(gtd_end(extended, resolution, iyear, imonth, iday),
        CASE WHEN gtd_part(imonth) = 0 THEN gtd_day(whole(iyear), 12, 31)
             WHEN gtd_part(iday) = 0 THEN month_end(gtd_day(whole(iyear), gtd_part(imonth), 1))
             ELSE gtd_day(whole(iyear), gtd_part(imonth), gtd_part(iday)) END) AS date_end,
    CASE WHEN clean(iyear) IS NULL THEN NULL
         WHEN gtd_part(imonth) = 0 THEN 'year' WHEN gtd_part(iday) = 0 THEN 'month' ELSE 'day' END AS date_precision,
    code.iso3                                           AS country,
    clean(country_txt)                                  AS country_name,
    key(country)                                        AS country_source_code,
    gtd_said(provstate)                                 AS admin1,
    gtd_said(city)                                      AS place,
    num(latitude)                                       AS latitude,
    num(longitude)                                      AS longitude,
    CASE whole(specificity) WHEN 1 THEN CASE WHEN whole(vicinity) = 0 THEN 'exact' ELSE 'near' END
         WHEN 2 THEN 'adm2' WHEN 3 THEN 'adm2' WHEN 4 THEN 'adm1' WHEN 5 THEN 'country' ELSE 'unknown' END AS geo_precision,
    clean(attacktype1_txt)                              AS event_type,
    clean(weaptype1_txt)                                AS sub_event_type,
    gtd_said(gname)                                     AS actor1,
    clean(targtype1_txt)                                AS target_type,
    clean(target1)                                      AS target,
    -- -9 and -99 are no numbers of people; any other number below 0 is a fault, and a check finds it.
    CASE WHEN whole(nkill) NOT IN (-9, -99) THEN whole(nkill) END AS fatalities_best,
    CASE WHEN whole(nwound) NOT IN (-9, -99) THEN whole(nwound) END AS wounded,
    list_filter([clean(scite1), clean(scite2), clean(scite3)], lambda x: x IS NOT NULL) AS sources,
    clean(summary)                                      AS notes,
    coalesce(whole(extended) = 1 AND gtd_end(extended, resolution, iyear, imonth, iday) IS NULL, false) AS end_not_known
FROM source LEFT JOIN country_codes AS code ON code.system = 'name' AND code.code = lower(clean(country_txt))
