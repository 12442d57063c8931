-- Cases that may be about the same thing are now only fetched here; how alike they are is weighed outside, by the pairs of
-- characters that few texts have.
-- Loads the extension's library into this session: only then may an ordinary user set its parameter.
do $$ begin perform similarity('', ''); end $$;
drop function similar_cases(text, text, text, double precision, double precision, int);
create function alike_candidates(a_title text, a_lng double precision, a_lat double precision)
  returns table (case_number text)
  language sql stable
  -- low on purpose: this only fetches what is then weighed
  set pg_trgm.similarity_threshold = 0.1 as $$
  (select m.case_number from open_matter m
    where m.title % a_title order by similarity(m.title, a_title) desc limit 150)
  union
  (select m.case_number from open_matter m
    where m.lat between a_lat - 0.0045 and a_lat + 0.0045 and m.lng between a_lng - 0.0045 and a_lng + 0.0045
    order by (m.lat - a_lat) ^ 2 + (m.lng - a_lng) ^ 2 limit 100)
$$;
