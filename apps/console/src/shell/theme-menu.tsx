import { Menu } from '@base-ui/react/menu';
import { type ReactElement, useState } from 'react';
import { Icon } from '../controls/icon.tsx';
import { chooseTheme, rememberedTheme, type Theme, themes } from './theme.ts';
import styles from './theme-menu.module.css';

const words = { system: 'As the system', light: 'Light', dark: 'Dark' } as const satisfies Record<
  Theme,
  string
>;

/** Switches between light and dark. */
export function ThemeMenu(): ReactElement {
  const [theme, setTheme] = useState(rememberedTheme);
  const choose = (chosen: Theme) => {
    chooseTheme(chosen);
    setTheme(chosen);
  };
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className={styles.trigger} aria-label={`Theme: ${words[theme]}`}>
        <Icon name="theme" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end">
          <Menu.Popup className={styles.popup}>
            <Menu.RadioGroup value={theme} onValueChange={choose}>
              {themes.map((each) => (
                <Menu.RadioItem key={each} value={each} className={styles.item} closeOnClick>
                  <span className={styles.mark}>
                    <Menu.RadioItemIndicator>
                      <Icon name="check" />
                    </Menu.RadioItemIndicator>
                  </span>
                  {words[each]}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
