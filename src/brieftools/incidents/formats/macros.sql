-- Casts that invent nothing: what cannot be read is NULL, and a check then sets the row aside.
CREATE MACRO clean(x) AS nullif(trim(x), '');
CREATE MACRO whole(x) AS CASE WHEN regexp_full_match(trim(x), '[+-]?\d{1,15}(\.0*)?') THEN try_cast(split_part(trim(x), '.', 1) AS BIGINT) END;
CREATE MACRO num(x) AS CASE WHEN regexp_full_match(trim(x), '[+-]?\d{1,15}([.,]\d+)?') THEN try_cast(replace(trim(x), ',', '.') AS DOUBLE) END;
-- An id: 300380.0 is 300380; 1.97E+11 was mangled by a spreadsheet and is none.
CREATE MACRO key(x) AS CASE WHEN regexp_full_match(trim(x), '\d+\.0*') THEN split_part(trim(x), '.', 1)
                            WHEN regexp_full_match(trim(x), '\d+([.,]\d+)?[eE]\+?\d+') THEN NULL ELSE clean(x) END;
CREATE MACRO iso_day(x) AS CASE WHEN regexp_full_match(trim(x), '\d{4}-\d{2}-\d{2}([ T]00:00(:00(\.0*)?)?Z?)?') THEN try_cast(left(trim(x), 10) AS DATE) END;
CREATE MACRO dated(x, pattern) AS try_strptime(trim(x), pattern)::DATE;
