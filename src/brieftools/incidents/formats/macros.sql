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
