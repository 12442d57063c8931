package org.closedloop.casefile.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.exif.GpsDirectory;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.closedloop.Caller;
import org.closedloop.Caller.Answer;
import org.closedloop.LiveApp;
import org.closedloop.casefile.attachment.gate.Photos;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Attachments over HTTP: who may send and read them, what comes back, what is refused. */
@LiveApp
class AttachmentsHttpTest {

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final String CODE = "TRACKCODE";

  @Autowired Caller caller;
  @Autowired JdbcTemplate sql;
  @Autowired Attachments attachments;

  private String number;
  private String code;

  @BeforeEach
  void aCaseInOneTownship() {
    int n = NUMBERS.incrementAndGet();
    number = "99ATTACH-" + n;
    code = CODE + n;
    sql.update("""
        insert into case_file (number, process, title, description, area, area_path, urgency, channel, stage, open,
                               tracking_code, opened_at)
        values (?, 'case-handling', '东街路灯不亮', '夜间无照明', '140929100', '140929/140929100/', 'ordinary', 'citizen-page',
                'accept', true, ?, ?)
        """, number, code, Timestamp.from(Instant.parse("2026-01-05T01:00:00Z")));
  }

  private static Answer send(Caller as, String path, String name, byte[] file, String kind) {
    String boundary = "----x" + new Random().nextLong();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (kind != null) {
      body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n" + kind + "\r\n")
          .getBytes(StandardCharsets.UTF_8));
    }
    if (file != null) {
      body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
          + "\"\r\nContent-Type: text/html\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      body.writeBytes(file);
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return as.send("POST", path, BodyPublishers.ofByteArray(body.toByteArray()),
        "multipart/form-data; boundary=" + boundary);
  }

  private Answer add(String as, String name, byte[] file, String kind) {
    return send(caller.as(as), "/api/cases/" + number + "/attachments", name, file, kind);
  }

  private Answer addPublic(String name, byte[] file) {
    return send(caller, "/api/public/reports/" + number + "/attachments?code=" + code, name, file, null);
  }

  @Test
  void aPhotoComesBackCleanUprightAndSafeToOpen() throws Exception {
    byte[] photo = Photos.withSegments(Photos.jpeg(900, 600), Photos.exif(6, 38.7, 111.5, true));
    JsonNode added = add("140929100.handler", "现场 照片.jpg", photo, "before").expect(201).json();
    assertThat(added.path("id").asText()).matches("[a-z2-7]{26}");
    assertThat(added.path("kind").asText()).isEqualTo("before");
    assertThat(added.path("name").asText()).isEqualTo("现场 照片.jpg");
    assertThat(added.path("mediaType").asText()).isEqualTo("image/jpeg");
    assertThat(added.path("width").asInt()).isEqualTo(600);
    assertThat(added.path("height").asInt()).isEqualTo(900);
    assertThat(added.path("uploadedAt").asText()).isNotBlank();

    Answer read = caller.as("dispatcher1").get("/api/attachments/" + added.path("id").asText()).expect(200);
    assertThat(read.bytes()).hasSize(added.path("size").asInt());
    assertThat(ImageMetadataReader.readMetadata(new ByteArrayInputStream(read.bytes()))
        .containsDirectoryOfType(GpsDirectory.class)).isFalse();
    assertThat(read.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(read.header("Content-Disposition"))
        .startsWith("attachment").contains("filename*=UTF-8''%E7%8E%B0%E5%9C%BA%20%E7%85%A7%E7%89%87.jpg");
    assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(read.response().headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'; sandbox");
    assertThat(read.header("Cache-Control")).contains("private").doesNotContain("public");

    Answer again = caller.as("dispatcher1").with("If-None-Match", read.header("ETag"))
        .get("/api/attachments/" + added.path("id").asText());
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.bytes()).isEmpty();

    Answer small = caller.as("dispatcher1").get("/api/attachments/" + added.path("id").asText() + "?thumbnail")
        .expect(200);
    assertThat(small.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(ImageIO.read(new ByteArrayInputStream(small.bytes())).getHeight()).isEqualTo(320);

    JsonNode page = caller.as("dispatcher1").get("/api/cases/" + number).expect(200).json();
    assertThat(page.path("attachments").findValuesAsText("id")).containsExactly(added.path("id").asText());
    assertThat(page.path("entries").findValuesAsText("key")).contains("attachment");
  }

  @Test
  void aDocumentOfTwentyMegabytesIsStreamedThrough() {
    byte[] pdf = Photos.pdf(20 * 1024 * 1024 - 1_000);
    JsonNode added = add("140929100.handler", "笔录.pdf", pdf, "document").expect(201).json();
    Answer read = caller.as("140929100.handler").get("/api/attachments/" + added.path("id").asText()).expect(200);
    assertThat(Arrays.equals(read.bytes(), pdf)).isTrue();
    assertThat(read.header("Content-Type")).isEqualTo("application/pdf");
    caller.as("140929100.handler").get("/api/attachments/" + added.path("id").asText() + "?thumbnail").expect(404);
    add("140929100.handler", "笔录.pdf", Photos.pdf(1_000), "before").expect(422);
  }

  @Test
  void whoMayNotSeeTheCaseSeesNothingOfItsAttachments() {
    String id = add("140929100.handler", "a.jpg", Photos.jpeg(40, 30), "evidence").expect(201).json().path("id")
        .asText();
    for (String stranger : List.of("140929101.handler", "140929101.leader", "ga.handler", "140929100001.handler")) {
      Answer there = caller.as(stranger).get("/api/attachments/" + id);
      Answer nowhere = caller.as(stranger).get("/api/attachments/" + "a".repeat(26));
      assertThat(there.status()).as(stranger).isEqualTo(404);
      assertThat(there.json().path("detail")).isEqualTo(nowhere.json().path("detail"));
      assertThat(caller.as(stranger).get("/api/attachments/" + id + "?thumbnail").status()).isEqualTo(404);
      add(stranger, "a.jpg", Photos.jpeg(40, 30), "evidence").expect(404);
    }
    for (String who : List.of("140929100.handler", "140929100.leader", "dispatcher1", "supervisor", "countyleader")) {
      assertThat(caller.as(who).get("/api/attachments/" + id).status()).as(who).isEqualTo(200);
    }
    assertThat(caller.get("/api/attachments/" + id).status()).isEqualTo(401);
    for (String odd : List.of("1", "..%2F..%2Fetc%2Fpasswd", "%00", "'or'1'='1", "A".repeat(26), "x".repeat(3_000))) {
      assertThat(caller.as("dispatcher1").get("/api/attachments/" + odd.replace("'", "%27")).status()).as(odd)
          .isIn(400, 404);
    }
  }

  @Test
  void aReporterWithTheCodeSendsUpToSixPhotos() {
    assertThat(send(caller, "/api/public/reports/" + number + "/attachments?code=WRONG", "a.jpg", Photos.jpeg(40, 30),
        null)
        .status()).isEqualTo(404);
    assertThat(send(caller, "/api/public/reports/" + number + "/attachments", "a.jpg", Photos.jpeg(40, 30), null)
        .status()).isEqualTo(404);
    assertThat(send(caller, "/api/public/reports/nowhere/attachments?code=" + code, "a.jpg", Photos.jpeg(40, 30), null)
        .status()).isEqualTo(404);
    addPublic("a.pdf", Photos.pdf(2_000)).expect(422);
    for (int i = 0; i < 6; i++) {
      JsonNode added = addPublic("a" + i + ".jpg", Photos.jpeg(40, 30)).expect(201).json();
      assertThat(added.has("uploadedBy")).isFalse();
      assertThat(added.path("kind").asText()).isEqualTo("before");
    }
    addPublic("a7.jpg", Photos.jpeg(40, 30)).expect(422);
    add("dispatcher1", "a.jpg", Photos.jpeg(40, 30), "evidence").expect(201);
  }

  @Test
  void tenPhotosAtOnceStayWithinTheLimit() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(10);
    try {
      List<Callable<Integer>> ten = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        ten.add(() -> addPublic("a.jpg", Photos.jpeg(40, 30)).status());
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> each : threads.invokeAll(ten)) {
        statuses.add(each.get());
      }
      assertThat(statuses).containsOnly(201, 422);
      assertThat(statuses.stream().filter(s -> s == 201)).hasSize(6);
    } finally {
      threads.shutdown();
    }
    assertThat(sql.queryForObject("select count(*) from attachment where case_number = ?", Integer.class, number))
        .isEqualTo(6);
  }

  @Test
  void whatIsNoPictureIsRefusedAndNothingIsKept() {
    byte[] photo = Photos.jpeg(40, 30);
    List<Answer> refused = List.of(
        add("dispatcher1", "a.jpg", new byte[0], "evidence"),
        add("dispatcher1", "a.jpg", Photos.zip(), "evidence"),
        add("dispatcher1", "a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8),
            "evidence"),
        add("dispatcher1", "a.png", Photos.hollowPng(65_500, 65_500, 8, 6), "evidence"),
        add("dispatcher1", "a.jpg", Arrays.copyOf(photo, photo.length / 2), "evidence"),
        add("dispatcher1", "a.exe", photo, "evidence"),
        add("dispatcher1", "a".repeat(1_200) + ".jpg", photo, "evidence"),
        add("dispatcher1", "a.jpg", photo, null),
        add("dispatcher1", "a.jpg", photo, "selfie"),
        add("dispatcher1", "a.jpg", null, "evidence"),
        caller.as("dispatcher1").post("/api/cases/" + number + "/attachments", null),
        caller.as("dispatcher1").post("/api/cases/" + number + "/attachments?kind=evidence", "{}"));
    for (int i = 0; i < refused.size(); i++) {
      Answer answer = refused.get(i);
      assertThat(answer.status()).as("case " + i + ": " + answer.text()).isEqualTo(422);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
      assertThat(answer.json().path("errors").path(0).path("field").asText()).isIn("file", "kind");
      assertThat(answer.json().path("errors").path(0).path("message").asText()).isNotBlank();
    }
    assertThat(add("dispatcher1", "a.jpg", new byte[21 * 1024 * 1024], "evidence").status()).isIn(413, 422);
    assertThat(sql.queryForObject("select count(*) from attachment where case_number = ?", Integer.class, number))
        .isZero();
  }

  @Test
  void aSentFileNameIsCleanedOrRefused() {
    byte[] photo = Photos.jpeg(40, 30);
    assertThat(add("dispatcher1", "../../../etc/cron.d/x.jpg", photo, "evidence").expect(201).json().path("name")
        .asText())
        .isEqualTo("x.jpg");
    assertThat(add("dispatcher1", "a\u202Egpj.jpg", photo, "evidence").expect(201).json().path("name").asText())
        .isEqualTo("agpj.jpg");
    String id = add("dispatcher1", "<script>.jpg", photo, "evidence").expect(201).json().path("id").asText();
    assertThat(caller.as("dispatcher1").get("/api/attachments/" + id).header("Content-Disposition"))
        .doesNotContain("<");
  }

  @Test
  void anUploadSentTwiceWithOneKeyIsFiledOnce() {
    Caller keyed = caller.as("dispatcher1").with("Idempotency-Key", "key-" + number);
    String path = "/api/cases/" + number + "/attachments";
    byte[] photo = Photos.jpeg(40, 30);
    Answer first = send(keyed, path, "a.jpg", photo, "evidence").expect(201);
    Answer second = send(keyed, path, "a.jpg", photo, "evidence").expect(201);
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(send(keyed, path, "a.jpg", Photos.jpeg(41, 30), "evidence").status()).isEqualTo(422);
    assertThat(send(keyed, path, "a.jpg", photo, "before").status()).isEqualTo(422);
    assertThat(sql.queryForObject("select count(*) from attachment where case_number = ?", Integer.class, number))
        .isEqualTo(1);
  }

  @Test
  void anAttachmentIsFoundOnlyInItsOwnCase() {
    String id = add("dispatcher1", "a.jpg", Photos.jpeg(40, 30), "after").expect(201).json().path("id").asText();
    assertThat(attachments.belongs(number, id)).isTrue();
    assertThat(attachments.find(number, id)).get().extracting(Attachment::name).isEqualTo("a.jpg");
    for (String other : List.of("99ATTACH-0", "", "' or true")) {
      assertThat(attachments.belongs(other, id)).isFalse();
    }
    assertThat(attachments.belongs(number, null)).isFalse();
    assertThat(attachments.belongs(number, "nonsense")).isFalse();
    assertThat(attachments.of(number)).extracting(Attachment::id).containsExactly(id);
  }

  @Test
  void aFormTakesOnlyAttachmentsOfItsOwnCase() {
    String foreign = add("dispatcher1", "a.jpg", Photos.jpeg(40, 30), "after").expect(201).json().path("id").asText();
    JsonNode opened = caller.as("dispatcher1").post("/api/cases", Map.of("title", "东街井盖缺失", "area", "140929100001",
        "channel", "patrol")).expect(201).json();
    number = opened.path("number").asText();
    complete("dispatcher1", Map.of("accepted", "accept", "category", "030503", "area", "140929100001", "urgency",
        "ordinary")).expect(200);
    String own = add("zj.handler", "后.jpg", Photos.jpeg(40, 30), "after").expect(201).json().path("id").asText();
    Map<String, Object> handled = Map.of("found", "线路老化断开", "done", "已更换线路和灯头", "result", "solved");
    for (Object wrong : List.of(List.of(foreign), List.of("nowhere"), List.of(own, foreign), own)) {
      Answer refused = complete("zj.handler", with(handled, "photosAfter", wrong));
      assertThat(refused.status()).as(refused.text()).isEqualTo(422);
      assertThat(refused.text()).contains("answers.photosAfter");
    }
    complete("zj.handler", with(handled, "photosAfter", List.of(own))).expect(200);
  }

  private static Map<String, Object> with(Map<String, Object> answers, String key, Object value) {
    Map<String, Object> more = new HashMap<>(answers);
    more.put(key, value);
    return more;
  }

  /** Completes the one open item of the case. */
  private Answer complete(String as, Map<String, Object> answers) {
    String item = caller.as(as).get("/api/work-items?case=" + number).expect(200).json().path("items").path(0)
        .path("id")
        .asText();
    return caller.as(as).post("/api/work-items/" + item + "/complete", Map.of("answers", answers));
  }

  @Test
  void anEndedCaseTakesNoMoreAttachments() {
    sql.update("update case_file set open = false, stage = 'closed' where number = ?", number);
    Answer late = add("dispatcher1", "a.jpg", Photos.jpeg(40, 30), "evidence");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.json().path("type").asText()).isEqualTo("urn:closedloop:case-ended");
    assertThat(addPublic("a.jpg", Photos.jpeg(40, 30)).status()).isEqualTo(409);
  }
}
