/** Which screen the window shows. */
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { colorSchemeManager } from './color-scheme.ts';
import { ImportDialog } from './import/import-dialog.tsx';
import { ImportDrop } from './import/import-drop.tsx';
import { styleNonce } from './nonce.ts';
import { Failure } from './shell/failure.tsx';
import { Shell } from './shell/shell.tsx';
import { SignInDialog } from './shell/sign-in-dialog.tsx';
import { Splash } from './shell/splash.tsx';
import { useSession } from './state/session.ts';
import { theme } from './theme.ts';
import { Welcome } from './welcome/welcome.tsx';

/** The whole window. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      getStyleNonce={styleNonce}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <Notifications position="bottom-right" limit={4} containerWidth={380} />
      <Screen />
    </MantineProvider>
  );
}

function Screen() {
  const phase = useSession((session) => session.phase);
  const choosingTeam = useSession((session) => session.choosingTeam);
  if (phase === 'starting') return <Splash />;
  if (phase === 'failed') return <Failure />;
  if (phase === 'welcome' || choosingTeam) return <Welcome />;
  return (
    <>
      <Shell />
      <ImportDrop />
      <ImportDialog />
      <SignInDialog />
    </>
  );
}
