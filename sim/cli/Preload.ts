/** What every worker thread imports first, so that a scenario anywhere on the disk finds mesocosm there too. */
import { shareOurselves } from "./Checkout.ts"

shareOurselves()
