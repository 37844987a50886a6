/** What every worker thread imports first: a scenario anywhere on the disk may import `mesocosm` there too. */
import { shareOurselves } from "../Checkout.ts"

shareOurselves()
