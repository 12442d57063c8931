package org.closedloop.casefile.category;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.closedloop.csv.TableAnswer;
import org.closedloop.csv.TableFormat;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Post;
import org.closedloop.problem.Forbidden;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The category tree over HTTP: for pages and reporters to choose from, for administrators as CSV or Excel. */
@RestController
class CategoryController {

  /** One node of the tree; {@code children} is empty at the lowest level. */
  record Node(String code, int level, String name, String nameEn, boolean retired, List<Node> children) {}

  /** What an administrator sends about a category; not retired when left out. */
  record Wanted(String name, String nameEn, Boolean retired) {}

  record Tree(List<Node> items) {}

  private final Categories categories;
  private final CategoryUpkeep upkeep;
  private final Me me;

  CategoryController(Categories categories, CategoryUpkeep upkeep, Me me) {
    this.categories = categories;
    this.upkeep = upkeep;
    this.me = me;
  }

  /**
   * The categories new cases may have; retired ones are left out with everything below them, unless asked for.
   */
  @GetMapping("/api/categories")
  Tree tree(@RequestParam(defaultValue = "false") boolean retired) {
    List<Node> roots = new ArrayList<>();
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (Category c : categories.all()) {
      List<Node> siblings = c.parent() == null ? roots
          : nodes.containsKey(c.parent()) ? nodes.get(c.parent()).children() : null;
      if (siblings != null && (retired || !c.retired())) {
        Node node = new Node(c.code(), c.level(), c.name(), c.nameEn(), c.retired(), new ArrayList<>());
        nodes.put(c.code(), node);
        siblings.add(node);
      }
    }
    return new Tree(roots);
  }

  @GetMapping("/api/public/categories")
  ResponseEntity<Tree> publicTree() {
    return ResponseEntity.ok().cacheControl(CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic()).body(tree(false));
  }

  /** Adds or changes one category; its level and the one above follow from the code. */
  @PutMapping("/api/categories/{code}")
  Category put(@PathVariable String code, @RequestBody Wanted wanted) {
    mustAdminister();
    return upkeep.keepOne(code, wanted.name(), wanted.nameEn(), Boolean.TRUE.equals(wanted.retired()));
  }

  /** Adds and renames categories from a CSV file; {@code dryRun} says what would change and changes nothing. */
  @PostMapping(path = "/api/categories/import", consumes = "text/csv")
  CategoryUpkeep.Outcome importBody(@RequestParam(defaultValue = "false") boolean dryRun, InputStream body) {
    mustAdminister();
    return upkeep.keep(body, dryRun);
  }

  /** The same, sent by a page as an upload. */
  @PostMapping(path = "/api/categories/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  CategoryUpkeep.Outcome importUpload(@RequestParam MultipartFile file,
      @RequestParam(defaultValue = "false") boolean dryRun) throws IOException {
    try (var in = file.getInputStream()) {
      return importBody(dryRun, in);
    }
  }

  @GetMapping("/api/categories/export.{format}")
  ResponseEntity<byte[]> export(@PathVariable String format) {
    mustAdminister();
    var file = TableFormat.of(format);
    return TableAnswer.of("categories", file, upkeep.exported(file));
  }

  private void mustAdminister() {
    if (!me.current().holds(Post.ADMINISTRATOR)) {
      throw new Forbidden("只有系统管理员可以维护事项分类。", "Only an administrator may keep the categories.");
    }
  }
}
