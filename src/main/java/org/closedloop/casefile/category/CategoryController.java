package org.closedloop.casefile.category;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Post;
import org.closedloop.problem.Forbidden;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The category tree over HTTP: for pages and reporters to choose from, for administrators as CSV. */
@RestController
class CategoryController {

  /** One node of the tree; {@code children} is empty at the lowest level. */
  record Node(String code, int level, String name, String nameEn, List<Node> children) {}

  record Tree(List<Node> items) {}

  private final Categories categories;
  private final CategoryUpkeep upkeep;
  private final Me me;

  CategoryController(Categories categories, CategoryUpkeep upkeep, Me me) {
    this.categories = categories;
    this.upkeep = upkeep;
    this.me = me;
  }

  /** The categories new cases may have; retired ones are left out with everything below them. */
  @GetMapping("/api/categories")
  Tree tree() {
    List<Node> roots = new ArrayList<>();
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (Category c : categories.all()) {
      List<Node> siblings = c.parent() == null ? roots
          : nodes.containsKey(c.parent()) ? nodes.get(c.parent()).children() : null;
      if (siblings != null && !c.retired()) {
        Node node = new Node(c.code(), c.level(), c.name(), c.nameEn(), new ArrayList<>());
        nodes.put(c.code(), node);
        siblings.add(node);
      }
    }
    return new Tree(roots);
  }

  @GetMapping("/api/public/categories")
  ResponseEntity<Tree> publicTree() {
    return ResponseEntity.ok().cacheControl(CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic()).body(tree());
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

  @GetMapping("/api/categories/export.csv")
  ResponseEntity<byte[]> export() {
    mustAdminister();
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .header(HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("categories.csv").build().toString())
        .body(upkeep.exported());
  }

  private void mustAdminister() {
    if (!me.current().holds(Post.ADMINISTRATOR)) {
      throw new Forbidden("只有系统管理员可以维护事项分类。", "Only an administrator may keep the categories.");
    }
  }
}
