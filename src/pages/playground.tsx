import Playground from '@site/src/components/Playground';

export default Playground;
