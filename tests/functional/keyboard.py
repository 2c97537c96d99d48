"""Somebody without mouse and finger: all is reached by Tab, and where they are must be seen."""

from playwright.sync_api import Locator, expect

from tests.functional.visitor import Visitor

MOST_TABS = 120
IS_FOCUSED = "control => control === document.activeElement"
# On the control itself, on the card or label around it, or on the area that a link spreads over its card.
SHOWS_FOCUS = """() => {
  const here = document.activeElement;
  const styles = [here, here.closest("label, .choice")].filter(Boolean).map((each) => getComputedStyle(each));
  return [...styles, getComputedStyle(here, "::after")].some(
    (style) => style.outlineStyle !== "none" || style.boxShadow !== "none");
}"""
CHOSEN = "list => list.selectedOptions[0].label"


class KeyboardVisitor(Visitor):
    """The same visitor; only what a file chooser of the system does is done for them."""

    def activate(self, control: Locator) -> None:
        """Enter, once there."""
        self.reach(control)
        self.page.keyboard.press("Enter")

    def write(self, control: Locator, text: str) -> None:
        """Types it; a date in the order in which Chromium asks for it."""
        self.reach(control)
        if control.get_attribute("type") == "date":
            year, month, day = text.split("-")
            self.page.keyboard.type(f"{month}{day}{year}")
        else:
            self.page.keyboard.press("ControlOrMeta+A")
            self.page.keyboard.insert_text(text)

    def choose(self, name: str, label: str) -> None:
        """Arrow by arrow."""
        control = self.field(name)
        self.reach(control)
        for _each in range(control.locator("option").count()):
            if control.evaluate(CHOSEN) == label:
                break
            self.page.keyboard.press("ArrowDown")
        assert control.evaluate(CHOSEN) == label

    def tick(self, label: str) -> None:
        """Space; in a group of radios arrows lead there, and take it."""
        control = self.page.get_by_label(label)
        if control.get_attribute("type") != "radio":
            self.reach(control)
            self.page.keyboard.press("Space")
        else:
            group = self.field(str(control.get_attribute("name")))
            self.reach(
                group.and_(self.page.locator(":checked"))
                if group.locator(":scope:checked").count()
                else group.first
            )
            for _each in range(group.count()):
                if control.evaluate(IS_FOCUSED):
                    break
                self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press("Space")
        expect(control).to_be_checked()

    def choose_region(self, field: str, *names: str) -> None:
        """By typing the last region's name, as a reader does; then it is taken, not a region inside it."""
        region, take = names[-2:]
        box = self.region_picker(field)
        self.reach(box.get_by_role("combobox"))
        self.page.keyboard.insert_text(region)
        for name in (region, take):
            expect(box.get_by_role("option").first).to_contain_text(name)
            self.page.keyboard.press("Enter")

    def reach(self, control: Locator) -> None:
        """Tab until it has the focus, and shows it.

        Raises:
            AssertionError: no number of tabs leads there, or the eye cannot see where the focus is.
        """
        control.wait_for()
        there = control.element_handle()  # looked up once: by role and name that takes longer than the key
        for _each in range(MOST_TABS):
            if there.evaluate(IS_FOCUSED):
                assert self.page.evaluate(SHOWS_FOCUS), f"the focus is not seen on {control}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {control}")
