/** Mantine's theme: component defaults only, since colours and measures are in tokens.css. */
import {
  ActionIcon,
  Button,
  Checkbox,
  createTheme,
  Input,
  Loader,
  Menu,
  Modal,
  NativeSelect,
  PasswordInput,
  Popover,
  Select,
  TextInput,
  Tooltip,
} from '@mantine/core';
import classes from './theme.module.css';

const field = { classNames: { wrapper: classes.field ?? '', label: classes.fieldLabel ?? '' } };
const motion = { duration: 120, transition: 'fade' } as const;

/** The theme of the whole window. */
export const theme = createTheme({
  primaryColor: 'indigo',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ classNames: { root: classes.button ?? '' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    // A field's error can come while the focus is in it, when nothing else would read it out.
    InputError: Input.Error.extend({ defaultProps: { role: 'alert' } }),
    TextInput: TextInput.extend(field),
    PasswordInput: PasswordInput.extend(field),
    NativeSelect: NativeSelect.extend(field),
    Select: Select.extend({ ...field, defaultProps: { allowDeselect: false } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    Loader: Loader.extend({ defaultProps: { type: 'oval' } }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'md', transitionProps: motion },
      classNames: { dropdown: classes.float ?? '', item: classes.menuItem ?? '' },
    }),
    Popover: Popover.extend({
      defaultProps: { shadow: 'md', transitionProps: motion },
      classNames: { dropdown: classes.float ?? '' },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, transitionProps: motion },
      classNames: { tooltip: classes.tooltip ?? '' },
    }),
    Modal: Modal.extend({
      // Its scroll lock would inject a style without a nonce; the page itself never scrolls.
      defaultProps: { lockScroll: false, shadow: 'xl', radius: 'lg', transitionProps: motion },
      classNames: {
        header: classes.modalHeader ?? '',
        title: classes.modalTitle ?? '',
        body: classes.modalBody ?? '',
        overlay: classes.modalOverlay ?? '',
      },
    }),
  },
});
