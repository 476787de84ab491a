-- Casts that invent nothing: what cannot be read is NULL, and a check then sets the row aside.
CREATE MACRO clean(x) AS nullif(trim(x), '');
CREATE MACRO whole(x) AS CASE WHEN regexp_full_match(trim(x), '[+-]?\d{1,15}(\.0*)?') THEN try_cast(split_part(trim(x), '.', 1) AS BIGINT) END;
CREATE MACRO num(x) AS CASE WHEN regexp_full_match(trim(x), '[+-]?\d{1,15}([.,]\d+)?') THEN try_cast(replace(trim(x), ',', '.') AS DOUBLE) END;
-- An id: 300380.0 is 300380; 1.97E+11 was mangled by a spreadsheet and is none.
CREATE MACRO key(x) AS CASE WHEN regexp_full_match(trim(x), '\d+\.0*') THEN split_part(trim(x), '.', 1)
                            WHEN regexp_full_match(trim(x), '\d+([.,]\d+)?[eE]\+?\d+') THEN NULL ELSE clean(x) END;
CREATE MACRO iso_day(x) AS CASE WHEN regexp_full_match(trim(x), '\d{4}-\d{2}-\d{2}([ T]00:00(:00(\.0*)?)?Z?)?') THEN try_cast(left(trim(x), 10) AS DATE) END;
CREATE MACRO dated(x, pattern) AS try_strptime(trim(x), pattern)::DATE;
CREATE MACRO month_end(d) AS (date_trunc('month', d) + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE;
CREATE MACRO week_end(year, week) AS CASE WHEN weekofyear(date_trunc('week', make_date(year, 1, 4))::DATE + 7 * (week - 1)) = week
                                          THEN date_trunc('week', make_date(year, 1, 4))::DATE + 7 * week - 1 END;
-- The last day of a period as figures name it: 2017-03-31, 2017-W13, 2017-03, 2017Q1, 2017; or by its first day.
CREATE MACRO period_end(x, unit) AS CASE unit
    WHEN 'day' THEN iso_day(x)
    WHEN 'week' THEN coalesce((date_trunc('week', iso_day(x)) + INTERVAL 6 DAY)::DATE,
        CASE WHEN regexp_full_match(trim(x), '\d{4}-?W\d{2}') THEN week_end(left(trim(x), 4)::INTEGER, right(trim(x), 2)::INTEGER) END)
    WHEN 'month' THEN month_end(coalesce(iso_day(x), CASE WHEN regexp_full_match(trim(x), '\d{4}-\d{2}') THEN try_cast(trim(x) || '-01' AS DATE) END))
    WHEN 'quarter' THEN month_end(CASE WHEN regexp_full_match(trim(x), '\d{4}-?Q[1-4]')
        THEN make_date(left(trim(x), 4)::INTEGER, 3 * right(trim(x), 1)::INTEGER, 1) END)
    WHEN 'year' THEN CASE WHEN regexp_full_match(trim(x), '\d{4}(\.0*)?') THEN make_date(left(trim(x), 4)::INTEGER, 12, 31) END
END;
-- A name of a place in the form in which names are compared: no accents, no case, no marks, no "town" or "city" after it.
CREATE MACRO plain_name(x) AS regexp_replace(trim(regexp_replace(strip_accents(lower(x)), '[^\p{L}\p{N}]+', ' ', 'g')), ' (town|city|village)$', '');
-- ACLED's notations: 2022-02-23, 01-January-2015, 30 June 2016, 9-May-20. It covers 1997 and after: year 0025 was a fault of one release.
CREATE MACRO acled_words(x) AS CASE WHEN regexp_full_match(x, '.* \d{4}') THEN coalesce(dated(x, '%d %B %Y'), dated(x, '%d %b %Y'))
                                    WHEN regexp_full_match(x, '.* \d{2}') THEN coalesce(dated(x, '%d %B %y'), dated(x, '%d %b %y')) END;
CREATE MACRO acled_written(x) AS CASE
    WHEN regexp_full_match(trim(x), '\d{1,2}[ -][A-Za-z]+[ -]\d{2}(\d{2})?') THEN acled_words(replace(trim(x), '-', ' ')) ELSE iso_day(x) END;
CREATE MACRO acled_day(x) AS CASE WHEN acled_written(x) >= DATE '1990-01-01' THEN acled_written(x) END;
-- What kind of actor: a number until 2024, a text since; older texts are in the plural and in capitals.
CREATE MACRO acled_side(x) AS CASE WHEN whole(x) IS NOT NULL THEN
    ['State forces', 'Rebel group', 'Political militia', 'Identity militia', 'Rioters', 'Protesters', 'Civilians', 'External/Other forces'][whole(x)]
    ELSE CASE lower(clean(x)) WHEN 'state forces' THEN 'State forces' WHEN 'rebel groups' THEN 'Rebel group' WHEN 'rebel group' THEN 'Rebel group'
        WHEN 'political militias' THEN 'Political militia' WHEN 'identity militias' THEN 'Identity militia'
        WHEN 'external/other forces' THEN 'External/Other forces' ELSE clean(x) END END;
-- GTD: a part of a date that is empty, 0, -9 or -99 is unknown (0); one that is no number is none (NULL). "Unknown" is no name.
CREATE MACRO gtd_part(x) AS CASE WHEN clean(x) IS NULL OR whole(x) IN (-9, -99) THEN 0 ELSE whole(x) END;
CREATE MACRO gtd_said(x) AS CASE WHEN lower(clean(x)) NOT IN ('unknown', '-9', '-99') THEN clean(x) END;
CREATE MACRO gtd_day(y, m, d) AS CASE WHEN y BETWEEN 1000 AND 9999 THEN try_cast(printf('%04d-%02d-%02d', y, m, d) AS DATE) END;
CREATE MACRO gtd_first(y, m, d) AS gtd_day(y, CASE WHEN m = 0 THEN 1 ELSE m END, CASE WHEN m = 0 OR d = 0 THEN 1 ELSE d END);
-- When an incident of more than a day ended; only of one whose first day is known, and never before it.
CREATE MACRO gtd_end(extended, resolution, y, m, d) AS CASE WHEN whole(extended) = 1 AND gtd_part(m) > 0 AND gtd_part(d) > 0
    AND iso_day(resolution) >= gtd_day(whole(y), gtd_part(m), gtd_part(d)) THEN iso_day(resolution) END;
CREATE MACRO gdelt_day(x) AS CASE WHEN regexp_full_match(trim(x), '\d{8}') THEN dated(x, '%Y%m%d') END;
