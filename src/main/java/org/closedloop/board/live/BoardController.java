package org.closedloop.board.live;

import org.closedloop.organisation.Me;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The board over HTTP. */
@RestController
class BoardController {

  private final Boards boards;
  private final Me me;

  BoardController(Boards boards, Me me) {
    this.boards = boards;
    this.me = me;
  }

  /** What is open now, of what the caller may see, at most two seconds old. */
  @GetMapping("/api/board")
  Board now() {
    return boards.now(me.sight());
  }
}
