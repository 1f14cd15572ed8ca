import { cellsOf, paintHours } from '../flow/availability/paint-hours.ts';
import type { Cell } from '../flow/availability/state.ts';
import { paintCell } from '../flow/availability/week-keys.ts';
import type { Week, Weekday } from '../flow/availability/week.ts';

/** What the element around lends: the week as it is, and a way to show another. */
export interface PaintedWeek {
  readonly week: () => Week;
  readonly order: () => readonly Weekday[];
  readonly show: (week: Week, cursor: Cell) => void;
  /** A stroke has ended; these days may be different. */
  readonly settle: (days: readonly Weekday[]) => void;
}

interface Stroke {
  readonly before: Week;
  readonly from: Cell;
  readonly as: 'open' | 'closed';
  days: readonly Weekday[];
}

/** A finger that rests this long begins to paint; one that moves sooner scrolls the page. */
const HOLD_MS = 280;
const SLOP_PX = 9;
/** A click within this time of a mouse's stroke is the same press. */
const SAME_PRESS_MS = 400;

/**
 * Turns presses of a mouse, pen or finger on the grid of the week into strokes. A mouse paints at once. A finger scrolls as anywhere on the page,
 * paints when it has rested for a moment, and a tap opens or closes one cell; so does a click without a pointer, as screen readers make it.
 */
export class WeekPainter {
  private readonly painted: PaintedWeek;
  private grid: HTMLElement | null = null;
  private stroke: Stroke | null = null;
  private hold: ReturnType<typeof setTimeout> | undefined;
  private touchedAt = { x: 0, y: 0 };
  private mouseMs = -Infinity;

  constructor(painted: PaintedWeek) {
    this.painted = painted;
  }

  /** Listens on a grid when it is drawn, and no longer when it goes. */
  readonly attach = (grid: HTMLElement | null): void => {
    clearTimeout(this.hold);
    this.stroke = null;
    this.grid = grid;
    if (grid === null) return;
    grid.addEventListener('pointerdown', this.onPointerDown);
    grid.addEventListener('pointermove', this.onPointerMove);
    grid.addEventListener('pointerup', this.onPointerUp);
    grid.addEventListener('pointercancel', this.onPointerUp);
    grid.addEventListener('touchstart', this.onTouchStart, { passive: true });
    grid.addEventListener('touchmove', this.onTouchMove, { passive: false });
    grid.addEventListener('touchend', this.onTouchEnd);
    grid.addEventListener('touchcancel', this.onTouchEnd);
    grid.addEventListener('click', this.onClick);
    grid.addEventListener('contextmenu', (event) => this.stroke !== null && event.preventDefault());
  };

  /** Takes back the stroke under way; answers whether there was one. */
  cancel(): boolean {
    const { stroke } = this;
    if (stroke === null) return false;
    this.stroke = null;
    this.painted.show(stroke.before, stroke.from);
    return true;
  }

  private readonly onPointerDown = (event: PointerEvent): void => {
    const cell = cellOf(event.target);
    if (event.pointerType === 'touch' || event.button !== 0 || cell === null) return;
    this.grid?.setPointerCapture(event.pointerId);
    this.begin(cell);
  };

  private readonly onPointerMove = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') this.extend(event.clientX, event.clientY);
  };

  private readonly onPointerUp = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    this.mouseMs = event.timeStamp;
    this.end();
  };

  private readonly onTouchStart = (event: TouchEvent): void => {
    const [touch] = event.touches;
    const cell = cellOf(event.target);
    clearTimeout(this.hold);
    if (touch === undefined || event.touches.length > 1 || cell === null) return;
    this.touchedAt = { x: touch.clientX, y: touch.clientY };
    this.hold = setTimeout(() => this.begin(cell), HOLD_MS);
  };

  private readonly onTouchMove = (event: TouchEvent): void => {
    const [touch] = event.touches;
    if (touch === undefined) return;
    if (this.stroke !== null) {
      event.preventDefault();
      this.extend(touch.clientX, touch.clientY);
    } else if (Math.hypot(touch.clientX - this.touchedAt.x, touch.clientY - this.touchedAt.y) > SLOP_PX) clearTimeout(this.hold);
  };

  private readonly onTouchEnd = (event: TouchEvent): void => {
    clearTimeout(this.hold);
    if (this.stroke === null) return;
    // What was painted is no tap.
    if (event.cancelable) event.preventDefault();
    this.end();
  };

  private readonly onClick = (event: MouseEvent): void => {
    const cell = cellOf(event.target);
    if (cell === null || event.timeStamp - this.mouseMs < SAME_PRESS_MS) return;
    const week = this.painted.week();
    this.painted.show(paintCell(week, cell, isOpen(week, cell) ? 'closed' : 'open'), cell);
    this.painted.settle([cell.day]);
  };

  private begin(from: Cell): void {
    const before = this.painted.week();
    this.stroke = { before, from, as: isOpen(before, from) ? 'closed' : 'open', days: [from.day] };
    this.paintTo(from);
  }

  private extend(x: number, y: number): void {
    if (this.stroke === null || this.grid === null) return;
    const cell = cellOf((this.grid.getRootNode() as ShadowRoot).elementFromPoint(x, y));
    if (cell !== null) this.paintTo(cell);
  }

  private paintTo(to: Cell): void {
    const { stroke } = this;
    if (stroke === null) return;
    const order = this.painted.order();
    const [one, other] = [order.indexOf(stroke.from.day), order.indexOf(to.day)];
    const days = order.slice(Math.min(one, other), Math.max(one, other) + 1);
    stroke.days = days;
    this.painted.show(paintHours(stroke.before, { days, first: stroke.from.index, last: to.index, as: stroke.as }), to);
  }

  private end(): void {
    const { stroke } = this;
    this.stroke = null;
    if (stroke !== null) this.painted.settle(stroke.days);
  }
}

function cellOf(target: EventTarget | null): Cell | null {
  const found = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
  return found === null ? null : { day: found.dataset['day'] as Weekday, index: Number(found.dataset['cell']) };
}

function isOpen(week: Week, { day, index }: Cell): boolean {
  return cellsOf(week[day])[index] === 'open';
}
